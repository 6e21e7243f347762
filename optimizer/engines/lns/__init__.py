"""Engine `lns`: ruin and recreate, compiled. `warm_up` compiles it ahead of the first search."""


def warm_up() -> float:
    """Compile all kernels, or load them from the cache, and return the seconds it took."""
    from optimizer.engines.lns.warm import warm_up as compile_all  # numba takes a second to import

    return compile_all()
