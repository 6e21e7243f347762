"""Why a plan is as it is: what stops a job, the smallest change that helps, and a checked plan that proves it."""

from optimizer.explain.explainer import Explainer
from optimizer.explain.reasons import unserved_reasons
from optimizer.explain.subject import routes_of

__all__ = ["Explainer", "routes_of", "unserved_reasons"]
