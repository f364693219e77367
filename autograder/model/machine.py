"""What the machine's own limits leave to a process."""

from __future__ import annotations


def memory_allowed() -> int | None:
    """Bytes of memory that a process may have at most (``ulimit -v`` and ``-d``); None where that is not limited."""
    try:
        import resource
    except ImportError:
        return None
    most = [resource.getrlimit(which)[1] for which in (resource.RLIMIT_AS, resource.RLIMIT_DATA)]
    return min((bound for bound in most if bound != resource.RLIM_INFINITY), default=None)
