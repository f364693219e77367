def error_rate(predictions, y):
    """Share of wrong labels."""
    return sum(int(a != b) for a, b in zip(predictions, y)) / len(y)
