"""Calls within calls ask the system for memory once, however deep they go."""

import resource
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from partnership.deep_calls import in_one_piece

#: From each of these depths it is gone down and up again so often; one of them lies at an edge.
DEPTHS, TIMES = range(0, 240, 20), 500


def deeper(depth: int) -> int:
    return 1 + deeper(depth - 1) if depth else 1


def up_and_down(depth: int) -> int:
    """Go down so many calls, and there down and up again; return how many calls that were."""
    return up_and_down(depth - 1) if depth else sum(deeper(60) for _again in range(TIMES))


def measured(go: Callable[[int], int]) -> tuple[int, int]:
    """Return how many calls were made, and how often a page of memory was new to the process."""
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    calls = sum(go(depth) for depth in DEPTHS)
    return calls, resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before


@pytest.mark.skipif(not hasattr(resource, "RUSAGE_THREAD"), reason="only Linux counts them")
def test_up_and_down_across_an_edge_costs_nothing_where_there_is_room():
    with ThreadPoolExecutor(1) as pool:  # a thread has calls of its own, and no room yet
        calls, new = pool.submit(measured, up_and_down).result()
        same, few = pool.submit(measured, in_one_piece(up_and_down)).result()

    assert calls == same == len(DEPTHS) * TIMES * 61
    assert few < TIMES < new


def test_what_is_given_comes_back_and_what_is_refused_is_refused():
    assert in_one_piece(divmod)(7, 2) == (3, 1)
    assert in_one_piece(dict)(one=1) == {"one": 1}
    with pytest.raises(ZeroDivisionError):
        in_one_piece(divmod)(7, 0)
