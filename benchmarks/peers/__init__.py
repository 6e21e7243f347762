"""Solvers of field-service days behind one protocol; ours stands among them."""

from typing import Final

from benchmarks.peers.base import Peer
from benchmarks.peers.ortools import OrTools
from benchmarks.peers.ours import Ours
from benchmarks.peers.pyvrp import PyVrp
from benchmarks.peers.vroom import Vroom

PEERS: Final[tuple[Peer, ...]] = (Ours(), Vroom(1), Vroom(5), PyVrp(), OrTools())
"""Every solver, by its name in the results. Heavy libraries are imported by `prepare`, not here."""
