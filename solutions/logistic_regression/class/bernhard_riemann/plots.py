import matplotlib.pyplot as plt


def show(trace):
    plt.plot(trace)
