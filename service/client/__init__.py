"""The client: calls the service from a Python program, with its own records and nothing heavy."""

from service.client.client import Client
from service.client.problem import NoPlan, ServiceProblem

__all__ = ["Client", "NoPlan", "ServiceProblem"]
