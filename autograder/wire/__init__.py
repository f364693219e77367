"""What crosses between grader and worker: types, codec, conversion. Standard library, NumPy and msgpack only."""
