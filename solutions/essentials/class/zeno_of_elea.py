def sigmoid(z):
    return 1 / (1 + 2.718281828459045 ** -z
