"""What a kernel imports first, by day: figures with fewer pixels, each drawn once.

matplotlib draws a figure after the cell, for a window that the inline backend does not have; then the backend draws it again, for the notebook.
"""

import matplotlib.pyplot as plt

plt.switch_backend(plt.get_backend())
plt.uninstall_repl_displayhook()
plt.rcParams["savefig.dpi"] = 30
