"""Random numbers: two generators, each where its strength counts.

*Sequential* streams (xoshiro256++ with a ziggurat for the exponential) are the fastest and drive the plain tandem.

*Addressed* draws answer "what does chance say about trajectory 3 of family 412, purpose route, question 2?" with a
number that depends on nothing else. So relay and network meet the same families with the same luck (common random
numbers), whatever the order of events, and one process or eight give the same bits. An address is a counter in the
SplitMix64 sequence of its purpose; each purpose of each replication starts that sequence at a random point of 2^64.

Sources: Blackman and Vigna 2021 (xoshiro), Steele, Lea and Flood 2014 (SplitMix), Marsaglia and Tsang 2000
(ziggurat), Wichura 1988, algorithm AS 241 (normal quantile).
"""

import math

import numpy as np
from numba import njit, uint64

GOLDEN = 0x9E3779B97F4A7C15
ZIGGURAT_EDGE = 7.69711747013104972
ZIGGURAT_AREA = 0.0039496598225815571993
QUESTIONS = 64  # addresses kept for one trajectory
TRAJECTORIES = 64  # addresses kept for one family, in trajectories


def _ziggurat() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    edges = np.empty(257)
    edges[0] = ZIGGURAT_AREA * math.exp(ZIGGURAT_EDGE)
    edges[1] = ZIGGURAT_EDGE
    for layer in range(2, 256):
        edges[layer] = -math.log(math.exp(-edges[layer - 1]) + ZIGGURAT_AREA / edges[layer - 1])
    edges[256] = 0.0
    inside = ((edges[1:] / edges[:-1]) * 2.0**53).astype(np.uint64)
    return np.exp(-edges), inside, edges[:256] / 2.0**53


HEIGHTS, INSIDE, WIDTHS = _ziggurat()


@njit(inline="always")
def mix(z):
    """The SplitMix64 finaliser: every input bit reaches every output bit."""
    z = (z ^ (z >> uint64(30))) * uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> uint64(27))) * uint64(0x94D049BB133111EB)
    return z ^ (z >> uint64(31))


@njit(cache=True)
def stream_key(seed, replication, purpose):
    """Where the sequence of one purpose in one replication starts."""
    z = mix(uint64(seed) + uint64(GOLDEN))
    z = mix(z ^ (uint64(replication) * uint64(0xD1B54A32D192ED03) + uint64(GOLDEN)))
    return mix(z ^ (uint64(purpose) * uint64(0x8CB92BA72F3D8DD7) + uint64(GOLDEN)))


@njit(cache=True)
def draw(key, family, trajectory, question):
    """A uniform number strictly between 0 and 1, for ever the same for this address."""
    trajectory = min(trajectory, TRAJECTORIES - 1)
    address = (uint64(family) * uint64(TRAJECTORIES) + uint64(trajectory)) * uint64(QUESTIONS) + uint64(question)
    z = mix(key + (address + uint64(1)) * uint64(GOLDEN))
    return (float(z >> uint64(11)) + 0.5) * (1.0 / 9007199254740992.0)


@njit(cache=True)
def new_state(key):
    """The four words of a sequential stream."""
    state = np.empty(4, np.uint64)
    z = uint64(key)
    for i in range(4):
        z += uint64(GOLDEN)
        state[i] = mix(z)
    return state


@njit(inline="always")
def _rotate(x, k):
    return (x << uint64(k)) | (x >> uint64(64 - k))


@njit(inline="always")
def next_word(s):
    """xoshiro256++."""
    result = _rotate(s[0] + s[3], 23) + s[0]
    t = s[1] << uint64(17)
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= t
    s[3] = _rotate(s[3], 45)
    return result


@njit
def _exponential_edge(s, layer, x):
    """The rare side of the ziggurat: -2 is the tail, -1 try again."""
    if layer == 0:
        return -2.0
    u = float(next_word(s) >> uint64(11)) * (1.0 / 9007199254740992.0)
    if HEIGHTS[layer] + u * (HEIGHTS[layer + 1] - HEIGHTS[layer]) < math.exp(-x):
        return x
    return -1.0


@njit(inline="always")
def next_exponential(s):
    """An exponential number with mean 1 from a sequential stream."""
    offset = 0.0
    while True:
        bits = next_word(s)
        layer = bits & uint64(255)
        j = bits >> uint64(11)
        x = j * WIDTHS[layer]
        if j < INSIDE[layer]:
            return offset + x
        y = _exponential_edge(s, layer, x)
        if y == -2.0:
            offset += ZIGGURAT_EDGE
        elif y >= 0.0:
            return offset + y


@njit(cache=True)
def exponential(u, mean):
    return -mean * math.log(u)


@njit(cache=True)
def weibull(u, scale, shape):
    return scale * (-math.log(u)) ** (1.0 / shape)


@njit(cache=True)
def normal(u):
    """The normal quantile (AS 241, about 16 digits)."""
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        top = (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
                   + 45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427) * r
                + 133.14166789178437745) * r + 3.387132872796366608)  # fmt: skip
        low = (((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r
                   + 21213.794301586595867) * r + 5394.1960214247511077) * r + 687.1870074920579083) * r
                + 42.313330701600911252) * r + 1.0)  # fmt: skip
        return q * top / low
    r = math.sqrt(-math.log(u if q < 0.0 else 1.0 - u))
    if r <= 5.0:
        r -= 1.6
        top = (((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r
                   + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055) * r
                + 4.6303378461565452959) * r + 1.42343711074968357734)  # fmt: skip
        low = (((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r
                   + 0.14810397642748007459) * r + 0.68976733498510000455) * r + 1.6763848301838038494) * r
                + 2.05319162663775882187) * r + 1.0)  # fmt: skip
    else:
        r -= 5.0
        top = (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r
                   + 0.026532189526576123093) * r + 0.29656057182850489123) * r + 1.7848265399172913358) * r
                + 5.4637849111641143699) * r + 6.6579046435011037772)  # fmt: skip
        low = (((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r
                   + 7.868691311456132591e-4) * r + 0.0148753612908506148525) * r + 0.13692988092273580531) * r
                + 0.59983220655588793769) * r + 1.0)  # fmt: skip
    return -top / low if q < 0.0 else top / low


@njit(cache=True)
def lognormal(u, mean, spread):
    """A lognormal number with this mean; `spread` is its coefficient of variation."""
    variance = math.log(1.0 + spread * spread)
    return mean * math.exp(math.sqrt(variance) * normal(u) - 0.5 * variance)
