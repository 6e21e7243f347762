"""Home health care: instances whose patients need one or two caregivers, together or one after the other.

File → (`read`) records → (`compile`) Problem → engine `order` → (`answer`) routes with times → (`check`) the user.

Everybody starts at the office at time 0 and returns. A service begins not before the patient's window opens; beginning
after it closes is tardy. Two services at a patient need two different caregivers, who begin at the same time, or
with a gap between their starts. Everybody is served. What counts is a third of the sum of the total distance, the total
tardiness and the longest tardiness. Times and distances count in thousandths; further digits are rounded half up.

References
----------
Mankowska, D. S., Meisel, F. and Bierwirth, C. (2014), The home health care routing and scheduling problem with
interdependent services, Health Care Management Science 17, 15-30, doi 10.1007/s10729-013-9243-1. The JSON form is that
of Ceschia, S., Di Gaspero, L., Rosati, R. M. and Schaerf, A. (2024), doi 10.1111/itor.13585.
"""
