"""Threads, forks, and requests that no machine can meet: an exception, never a crash, a hang or a leak."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

import rustsci as np
from tests.python.oracle import numpy

THREADS = 8
# Large enough that every operation is split over the pool.
LARGE = 2_000_000


@pytest.fixture(autouse=True)
def _two_threads() -> Iterator[None]:
    before = np.get_num_threads()
    np.set_num_threads(2)
    yield
    np.set_num_threads(before)


def in_threads(work: Callable[[int], object]) -> list[object]:
    """Call ``work`` with 0, 1, … in as many Python threads, all starting together."""
    barrier = threading.Barrier(THREADS)

    def start(number: int) -> object:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(start, range(THREADS)))


class TestThreads:
    def test_reading_shared_arrays(self) -> None:
        a = np.arange(LARGE, dtype=np.float64)
        b = a[::-1]
        expected = float((a * b + np.sqrt(a)).sum())

        sums = in_threads(lambda _: [float((a * b + np.sqrt(a)).sum()) for _ in range(5)])

        assert sums == [[expected] * 5] * THREADS

    def test_writing_to_parts_of_one_array(self) -> None:
        shared = np.zeros((THREADS, 50_000))

        def work(number: int) -> None:
            for _ in range(20):
                shared[number] += number
                np.add(shared[number], 1, out=shared[number])

        in_threads(work)

        assert shared.min(axis=1).tolist() == [20 * (number + 1) for number in range(THREADS)]
        assert shared.max(axis=1).tolist() == [20 * (number + 1) for number in range(THREADS)]

    def test_writing_to_one_array_does_not_crash(self) -> None:
        # The values are a race, as they are in NumPy; the memory must stay sound.
        shared = np.zeros(100_000)

        def work(number: int) -> None:
            for _ in range(20):
                shared[::2] += 1
                shared.sort()
                shared[shared > 3] = number
                shared[number : 1000 + number] = shared[:1000]

        in_threads(work)

        assert shared.shape == (100_000,)

    def test_making_and_dropping_arrays(self) -> None:
        def work(number: int) -> float:
            rows = [np.full(1000 + number, number) for _ in range(200)]
            return float(np.concatenate(rows).mean())

        assert in_threads(work) == [float(number) for number in range(THREADS)]

    def test_error_state_is_each_thread_s_own(self) -> None:
        def work(number: int) -> str:
            with np.errstate(divide="raise" if number % 2 else "ignore"):
                for _ in range(100):
                    try:
                        np.array([1.0]) / np.array([0.0])
                    except FloatingPointError:
                        outcome = "raised"
                    else:
                        outcome = "ignored"
            return outcome

        assert in_threads(work) == ["ignored", "raised"] * (THREADS // 2)

    def test_results_are_the_same_for_any_number_of_threads(self) -> None:
        a = np.sin(np.arange(LARGE, dtype=np.float64))
        results = []
        for count in (1, 2, 3, 7):
            np.set_num_threads(count)
            results.append([a.sum().tobytes(), a.std().tobytes(), np.cumsum(a).tobytes(), (a * a).tobytes()])

        assert results[1:] == results[:1] * 3

    def test_idle_threads_sleep(self) -> None:
        np.sqrt(np.ones(LARGE)).sum()
        before = time.process_time()

        time.sleep(0.5)

        assert time.process_time() - before < 0.05


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork is a POSIX call")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
class TestFork:
    def child_succeeds(self, work: Callable[[], bool], seconds: float = 30.0) -> bool:
        """Whether a forked child that calls ``work`` ends in time and satisfied."""
        child = os.fork()
        if child == 0:
            status = 1
            try:
                status = 0 if work() else 1
            finally:
                os._exit(status)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                return os.waitstatus_to_exitcode(status) == 0
            time.sleep(0.01)
        os.kill(child, 9)
        os.waitpid(child, 0)
        return False

    def test_after_parallel_work(self) -> None:
        a = np.ones(LARGE)
        assert float((a + a).sum()) == 2 * LARGE

        assert self.child_succeeds(lambda: float((a + a).sum()) == 2 * LARGE)
        assert float((a + a).sum()) == 2 * LARGE

    def test_in_the_middle_of_parallel_work(self) -> None:
        a = np.ones(LARGE)
        stop = threading.Event()
        finished: list[float] = []

        def keep_working() -> None:
            while not stop.is_set():
                finished.append(float(np.sqrt(a + a).sum()))

        workers = [threading.Thread(target=keep_working) for _ in range(2)]
        for worker in workers:
            worker.start()
        try:
            outcomes = [self.child_succeeds(lambda: float((a + a).sum()) == 2 * LARGE) for _ in range(5)]
        finally:
            stop.set()
            for worker in workers:
                worker.join()

        assert outcomes == [True] * 5
        assert len(set(finished)) == 1


# Requests that cannot be met, and what NumPy raises for each.
IMPOSSIBLE = (
    "np.empty((10**12,))",
    "np.zeros((10**12,))",
    "np.ones(10**13, dtype='int8')",
    "np.full((10**6, 10**7), 1.5)",
    "np.empty((2**62, 2**62))",
    "np.empty((2**32, 2**32), dtype='int8')",
    "np.empty((0, 2**62, 2**62))",
    "np.empty(2**63)",
    "np.empty(2**70)",
    "np.empty(-1)",
    "np.empty((3, -2))",
    "np.empty((1,) * 65)",
    "np.arange(10**18)",
    "np.arange(0, 1, 1e-300)",
    "np.linspace(0, 1, 10**13)",
    "np.eye(10**8)",
    "np.broadcast_to(np.zeros(1), (2**62, 4))",
    "np.repeat(np.zeros(10), 10**12)",
    "np.tile(np.zeros(1000), 10**12)",
    "np.zeros(10).reshape(-1, -1)",
    "np.zeros(10).reshape(2**40, 2**40)",
    "np.concatenate([np.broadcast_to(np.zeros(1), 10**12)] * 2)",
    "np.broadcast_to(np.zeros(1), 10**12).copy()",
    "np.broadcast_to(np.zeros(1), 10**12) + 1",
    "np.add.outer(np.broadcast_to(np.zeros(1), 10**7), np.broadcast_to(np.zeros(1), 10**7))",
    "np.broadcast_to(np.zeros(1), 10**12).astype('int8')",
    "np.sort(np.broadcast_to(np.zeros(1), 10**12))",
    "np.cumsum(np.broadcast_to(np.zeros(1), 10**12))",
    "np.bincount(np.array([10**13]))",
    "np.frombuffer(b'12345678', count=2**62)",
    "np.frombuffer(b'12345678', offset=-1)",
    "np.zeros(3).take([2**62])",
    "np.array([" * 70 + "1" + "])" * 70,
)


class TestImpossibleRequests:
    @pytest.mark.parametrize("request_text", IMPOSSIBLE)
    def test_raises_as_numpy_does(self, request_text: str) -> None:
        with pytest.raises(Exception) as theirs:
            eval(request_text, {"np": numpy})
        expected = next(cls for cls in type(theirs.value).__mro__ if not cls.__name__.startswith("_"))

        with pytest.raises(Exception) as ours:
            eval(request_text, {"np": np})

        assert expected.__name__ in [cls.__name__ for cls in type(ours.value).__mro__]
        assert (np.ones(5) + 1).tolist() == [2.0] * 5

    def test_operands_survive_a_failed_request(self) -> None:
        a = np.arange(10.0)
        with pytest.raises(MemoryError):
            np.add(a[:1], np.broadcast_to(a[:1], 10**12))

        assert a.tolist() == list(range(10))


class TestMemory:
    def test_arrays_are_given_back(self) -> None:
        resource = pytest.importorskip("resource")

        def grow() -> int:
            for _ in range(100):
                (np.ones(1_000_000) + 1).reshape(1000, 1000).T.copy()
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

        before = grow()

        # ru_maxrss is in kibibytes on Linux: a leak would add 2.4 gigabytes.
        assert grow() - before < 100_000

    def test_a_view_keeps_its_memory(self) -> None:
        views = [np.arange(1000.0)[number:] for number in range(100)]
        rest = [np.zeros(1000) for _ in range(100)]

        assert [float(view[0]) for view in views] == list(map(float, range(100)))
        assert len(rest) == 100

    def test_an_exported_buffer_keeps_its_memory(self) -> None:
        buffer = memoryview(np.arange(1000))
        rest = [np.zeros(1000) for _ in range(100)]

        assert buffer[999] == 999
        assert len(rest) == 100

    def test_python_exits_while_the_pool_exists(self) -> None:
        code = "import rustsci as np; np.set_num_threads(4); print(np.ones(4_000_000).sum())"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)

        assert (done.returncode, done.stdout, done.stderr) == (0, "4000000.0\n", "")
