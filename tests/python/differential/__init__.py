"""Random programs, run on NumPy and on rustsci, and compared.

A `Program` is source text: a few lines that build arrays (any dtype, shape and layout), do something with
them and keep what came out. It runs twice, once with ``np`` meaning NumPy and once with ``np`` meaning
rustsci, and everything a user could tell apart is compared: exception type, warnings, and of every variable
afterwards the type, dtype, shape, strides, writeability, shared memory and value.

- ``drawing``: hypothesis strategies for values, shapes, layouts and operands;
- ``families``: what programs do, one module a family of operations;
- ``execute``, ``compare``, ``tolerance``: running and judging;
- ``justified``: the differences that are meant to be, each with its reason.

``python -m tests.python.differential --examples 50000`` runs many; see ``--help``.
"""
