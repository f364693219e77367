import matplotlib.pyplot as plt


def heatmap(T):
    plt.imshow(T)
    plt.show()
