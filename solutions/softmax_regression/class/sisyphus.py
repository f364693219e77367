"""Still rolling."""

import numpy as np

stone = 0
while True:
    stone = np.cos(stone)
