"""Loading a test file so that an error in what it computes on import costs only the tests that need it.

A test file computes much before any test runs: constants, lists for `parametrize`, defaults of parameters.
Every call, operation and look-up outside functions is rewritten to go through a `Guard`, which turns an
exception into a `Placeholder` that raises it when a test uses it.
"""

from __future__ import annotations

import ast
import operator
from importlib.machinery import SourceFileLoader
from types import CodeType, FunctionType, ModuleType
from typing import Any

from tests.suites.numpy.placeholder import Placeholder
from tests.suites.numpy.recorder import describe

GUARD = "__guard__"
UNDECORATED = "__undecorated__"
"""The attribute of a test function that says why it is left without a decorator."""

OPERATORS: dict[type[ast.AST], Any] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.MatMult: operator.matmul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.LShift: operator.lshift,
    ast.RShift: operator.rshift,
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Invert: operator.invert,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
BY_NAME = {function.__name__: function for function in OPERATORS.values()}


class Guard:
    """What the rewritten code calls."""

    def call(self, function: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except Exception as error:
            return Placeholder(describe(error))

    def attribute(self, value: Any, name: str) -> Any:
        return self.call(getattr, value, name)

    def item(self, value: Any, key: Any) -> Any:
        return self.call(operator.getitem, value, key)

    def operation(self, name: str, *operands: Any) -> Any:
        return self.call(BY_NAME[name], *operands)

    def unpack(self, value: Any, count: int) -> Any:
        return [value] * count if isinstance(value, Placeholder) else value

    def decorator(self, decorate: Any) -> Any:
        """Return a decorator that lets a function fail as a test where `decorate` cannot be applied."""

        def apply(function: Any) -> Any:
            decorated = self.call(decorate, function)
            if not isinstance(decorated, Placeholder):
                return decorated
            if isinstance(function, FunctionType):
                vars(function)[UNDECORATED] = decorated
            return function

        return apply


class Rewriter(ast.NodeTransformer):
    """Puts the guard into code that runs on import; the bodies of functions stay as they are."""

    def guarded(
        self, method: str, *arguments: ast.expr, keywords: list[ast.keyword] | None = None
    ) -> ast.expr:
        guard = ast.Attribute(ast.Name(GUARD, ast.Load()), method, ast.Load())
        return ast.Call(guard, list(arguments), keywords or [])

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.decorator_list = [self.guarded("decorator", self.visit(item)) for item in node.decorator_list]
        node.args.defaults = [self.visit(item) for item in node.args.defaults]
        node.args.kw_defaults = [item and self.visit(item) for item in node.args.kw_defaults]
        node.returns = None
        for argument in ast.walk(node.args):
            if isinstance(argument, ast.arg):
                argument.annotation = None
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.Lambda:
        return node

    def visit_Try(self, node: ast.Try) -> ast.Try:
        # An exception is expected there.
        node.orelse = [self.visit(item) for item in node.orelse]
        node.finalbody = [self.visit(item) for item in node.finalbody]
        return node

    def visit_With(self, node: ast.With) -> ast.Try:
        # A context that expects an exception does not see one, and complains.
        self.generic_visit(node)
        ignore = ast.ExceptHandler(ast.Name("Exception", ast.Load()), None, [ast.Pass()])
        return ast.Try([node], [ignore], [], [])

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        node.decorator_list = [self.guarded("decorator", self.visit(item)) for item in node.decorator_list]
        node.bases = [self.visit(item) for item in node.bases]
        node.body = [self.visit(item) for item in node.body]
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.Assign:
        self.generic_visit(node)
        target = node.targets[0]
        if isinstance(target, ast.Tuple) and not any(isinstance(item, ast.Starred) for item in target.elts):
            node.value = self.guarded("unpack", node.value, ast.Constant(len(target.elts)))
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        return self.guarded("call", node.func, *node.args, keywords=node.keywords)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        if not isinstance(node.ctx, ast.Load):
            return node
        return self.guarded("attribute", node.value, ast.Constant(node.attr))

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        self.generic_visit(node)
        if not isinstance(node.ctx, ast.Load) or _slices(node.slice):
            return node
        return self.guarded("item", node.value, node.slice)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        return self.guarded("operation", _name_of(node.op), node.left, node.right)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        self.generic_visit(node)
        if type(node.op) not in OPERATORS:
            return node
        return self.guarded("operation", _name_of(node.op), node.operand)

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        if len(node.ops) != 1 or type(node.ops[0]) not in OPERATORS:
            return node
        return self.guarded("operation", _name_of(node.ops[0]), node.left, node.comparators[0])


def _name_of(kind: ast.AST) -> ast.expr:
    return ast.Constant(OPERATORS[type(kind)].__name__)


def _slices(key: ast.expr) -> bool:
    """Return whether an index is written with colons, which stand nowhere else."""
    return isinstance(key, ast.Slice) or (isinstance(key, ast.Tuple) and any(map(_slices, key.elts)))


class GuardedLoader(SourceFileLoader):
    """Loads a file from its source, rewritten; no compiled copy of it is read or left behind."""

    def get_code(self, fullname: str) -> CodeType:
        tree = ast.parse(self.get_data(self.path), self.path)
        return compile(ast.fix_missing_locations(Rewriter().visit(tree)), self.path, "exec")

    def exec_module(self, module: ModuleType) -> None:
        vars(module)[GUARD] = Guard()
        super().exec_module(module)
