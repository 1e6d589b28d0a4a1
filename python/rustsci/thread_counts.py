"""How many threads a call may use."""

from __future__ import annotations

from rustsci._native import _override_threads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["threads"]


class threads:
    """Let calls use another number of threads, for a ``with`` block.

    Large operations are split over threads; results have the same bits for any number of them. The setting
    holds for calls made on the thread that runs the block. `set_num_threads` sets the number for the whole
    process, and the environment variable ``RUSTSCI_NUM_THREADS`` the one to begin with.

    Parameters
    ----------
    count : int
        The number of threads.

    See Also
    --------
    get_num_threads, set_num_threads

    Examples
    --------
    >>> import rustsci as np
    >>> with np.threads(1):
    ...     np.get_num_threads()
    1
    """

    __slots__ = ("_before", "_count")

    def __init__(self, count: int) -> None:
        self._count = count
        self._before: list[int | None] = []

    def __enter__(self) -> None:
        self._before.append(_override_threads(self._count))

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        _override_threads(self._before.pop())
