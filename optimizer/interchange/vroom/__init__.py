"""The door for VROOM users: their requests in unchanged, VROOM's answers out, with reasons.

Request → (`read`) records and matrices → (`compile`) Problem → engine → (`answer`) JSON → (`check`) the user.

Taken: jobs, shipments, vehicles, skills, priorities, time windows, several breaks, capacities, set-up and service
times, vehicle types, ``speed_factor``, ``max_tasks``, ``max_travel_time``, ``costs`` and custom
``matrices``, or coordinates alone: then the times are great circle × detour at the speeds of our default
car, whatever the profile is called. What is not taken (`refused.REFUSED`) is refused by name. Keys that
VROOM does not know are ignored, as VROOM does.

Differences to know: a break is taken between two stops, never in the middle of a drive; so our routes are
also valid for VROOM, but VROOM has a few more to choose from where a break's window is shorter than a drive.
Scaled drives are whole seconds, rounded half up. A vehicle leaves as late as its first stop allows; later
waiting is not moved to the start. A time or a drive beyond 17 years counts as never.
"""
