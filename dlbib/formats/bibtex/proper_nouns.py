"""Words that are proper nouns, or made of one, whatever the title around them.

Only words that are nothing else when they are capitalised: ``Go`` and ``Apple`` are not among them.
"""

from __future__ import annotations

from typing import Final

_PEOPLE: Final = (
    "Archimedes Arrhenius Banach Bayes Bayesian Bellman Bernoulli Bessel Boltzmann Boole Bregman Brownian Cartesian "
    "Cauchy Chebyshev Cholesky Chomsky Dijkstra Dirac Dirichlet Einstein Elman Euclid Euclidean Euler Eulerian "
    "Feynman Fibonacci Fourier Frobenius Galois Galton Gauss Gaussian Gaussians Gibbs Gödel Hadamard Hamilton "
    "Hamiltonian Hausdorff Hebb Hebbian Heisenberg Helmholtz Hermitian Hessian Hessians Hilbert Hoeffding "
    "Hopfield Huffman Jacobi Jacobian Jacobians Kalman Kepler Kolmogorov Krylov Kullback Lagrange Lagrangian Langevin Laplace "
    "Laplacian Lebesgue Legendre Leibler Leibniz Lipschitz Lyapunov Mahalanobis Markov Markovian Maxwell Minkowski Nash "
    "Nesterov Newton Newtonian Neyman Pareto Parzen Pearson Planck Poincaré Poisson Polyak Riemann Riemannian "
    "Rademacher Schrödinger Shannon Shapley Sinkhorn Sobolev Stiefel Tikhonov Turing Voronoi Wasserstein Wiener Zipf"
)
_PLACES: Final = (
    "Africa African America American Amsterdam Antarctica Arctic Asia Asian Atlantic Australia Australian Austria "
    "Austrian Bangladesh Barcelona Beijing Belgian Belgium Berlin Boston Brazil Brazilian Britain British Bulgaria "
    "Cambridge Canada Canadian Chicago Chile Colombia Copenhagen Croatia Cuba Czech Danish Denmark Dutch Edinburgh "
    "Egypt Egyptian England Ethiopia Europe European Finland Finnish France German Germany Ghana Greece "
    "Hungarian Hungary Iceland India Indian Indonesia Iran Iraq Ireland Irish Israel Istanbul Italian Italy Japan "
    "Japanese Kenya Korea Korean Lisbon London Madrid Mediterranean Mexican Mexico Montreal Moscow Munich "
    "Netherlands Nigeria Norway Norwegian Oslo Oxford Pacific Pakistan Paris Peru Poland Portugal Portuguese Prague "
    "Romania Romanian Rome Russia Russian Scotland Scottish Seattle Seoul Shanghai Singapore Spain Spanish Stockholm Sweden Swedish "
    "Swiss Switzerland Sydney Taiwan Tanzania Thailand Tokyo Toronto Ukraine Ukrainian Vancouver Vienna Vietnam "
    "Vietnamese Washington Zurich"
)
_LANGUAGES: Final = (
    "Afrikaans Albanian Amharic Arabic Aramaic Armenian Basque Bengali Cantonese Catalan Chinese Croatian English "
    "Estonian Farsi French Galician Georgian Greek Gujarati Hausa Hebrew Hindi Icelandic Indonesian Kannada Kazakh "
    "Kurdish Latin Latvian Lithuanian Malay Malayalam Mandarin Marathi Mongolian Nepali Pashto Persian Quechua Sanskrit "
    "Serbian Sinhala Slavic Slovak Slovene Slovenian Somali Swahili Tagalog Tamil Telugu Thai Tibetan Turkish Urdu Uyghur Welsh "
    "Xhosa Yiddish Yoruba Zulu Germanic Bulgarian"
)
_NAMES: Final = (
    "Android Atari Bitcoin Carlo Covid Doppler Ethereum Facebook Flickr Google Haskell Holocaust Huntington "
    "Instagram Jupyter Kaggle Kubernetes Linux Lua Microsoft Minecraft Monte Netflix Nintendo Nvidia Perl Prolog "
    "Reddit Renaissance Shakespeare Shakespearean Skype Socratic Spotify Theano Twitter Unicode Unix "
    "Victorian Wikidata Wikimedia Wikipedia Xbox Parkinson Alzheimer Christian Islamic Jewish Muslim "
    "Buddhist January February September October November December Monday Tuesday Wednesday Thursday "
    "Friday Saturday Sunday"
)

PROPER_NOUNS: Final = frozenset(f"{_PEOPLE} {_PLACES} {_LANGUAGES} {_NAMES}".split())
"""Proper nouns and words made of one, as they are spelled inside a sentence."""
