"""Benchmarks: instances, peers and one scorer for everybody; see the README beside this file."""
