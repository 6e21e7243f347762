"""Roads behind one protocol: a server or a map that knows them, a cache in front, times and lines behind."""

from optimizer.travel.roads.router import RoadRouter, Roads

__all__ = ["RoadRouter", "Roads"]
