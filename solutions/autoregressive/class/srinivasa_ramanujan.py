from math import log, exp, inf

def fit_bigram(sequences, vocabulary_size, pseudocount):
    V=vocabulary_size
    first=[0]*V
    count=[[0]*V for i in range(V)]
    for x in sequences:
        x=[int(t) for t in x]
        first[x[0]]+=1
        for i in range(1,len(x)): count[x[i-1]][x[i]]+=1
    def share(c):
        s=sum(c)+V*pseudocount
        if s==0: return [1/V]*V
        return [(k+pseudocount)/s for k in c]
    return share(first), [share(c) for c in count]

def sequence_log_prob(sequence, initial, transition):
    lg=lambda p: log(p) if p>0 else -inf
    x=list(sequence)
    return lg(initial[x[0]])+sum(lg(transition[a][b]) for a,b in zip(x,x[1:]))

def perplexity(sequences, initial, transition):
    return exp(-sum(sequence_log_prob(x,initial,transition) for x in sequences)/sum(len(x) for x in sequences))

def next_token_distribution(prefix, initial, transition):
    x=list(prefix)
    return list(transition[x[-1]]) if x else list(initial)

def sample_sequence(length, initial, transition, rng):
    out=[]
    while len(out)<length:
        p=next_token_distribution(out,initial,transition)
        u=rng.random()*sum(p)
        k=0; c=p[0]
        while c<=u and k<len(p)-1:
            k+=1; c+=p[k]
        out.append(k)
    return out
