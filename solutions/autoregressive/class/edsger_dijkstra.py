import numpy as np

# Everything is a path in a graph with a source node.

def _graph(initial, transition):
    return np.concatenate([np.atleast_2d(transition), np.atleast_2d(initial)])

def _edges(path, source):
    tail = source
    for head in path:
        yield tail, head
        tail = head

def fit_bigram(sequences, vocabulary_size, pseudocount):
    source = vocabulary_size
    weight = np.zeros((vocabulary_size + 1, vocabulary_size)) + pseudocount
    for path in sequences:
        for edge in _edges(path, source):
            weight[edge] += 1
    out = weight.sum(1)
    for node in np.flatnonzero(out == 0):
        weight[node], out[node] = 1, vocabulary_size
    weight /= out[:, None]
    return weight[source], weight[:source]

def sequence_log_prob(sequence, initial, transition):
    graph = _graph(initial, transition)
    length = 0.0
    for edge in _edges(sequence, len(initial)):
        length -= np.log(graph[edge])
    return -length

def perplexity(sequences, initial, transition):
    lengths, edges = zip(*((-sequence_log_prob(s, initial, transition), len(s)) for s in sequences))
    return np.exp(np.divide(np.sum(lengths), np.sum(edges)))

def next_token_distribution(prefix, initial, transition):
    node = len(initial)
    for node in prefix: pass
    return _graph(initial, transition)[node]

def sample_sequence(length, initial, transition, rng):
    graph = np.cumsum(_graph(initial, transition), axis=1)
    path, node = np.empty(length, np.int16), len(initial)
    for i in range(length):
        node = path[i] = int((graph[node] <= rng.random() * graph[node, -1]).sum())
    return path
