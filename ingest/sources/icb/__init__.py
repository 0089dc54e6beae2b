"""International Crisis Behavior, version 13: crises and their actors as coded cases, with how they ended apart.

M. Brecher, J. Wilkenfeld, K. Beardsley, P. James and D. Quinn, International Crisis Behavior Data Codebook, Version 13,
2020. The data are not shipped: name the files icb1v13.csv (crises) and icb2v13.csv (actors), which the project's site
https://sites.duke.edu/icbdata offers.
"""

from ingest.sources.icb.cases import IcbCorpus, read_icb, read_icb_folder
from ingest.sources.icb.variables import HINDSIGHT

__all__ = ["HINDSIGHT", "IcbCorpus", "read_icb", "read_icb_folder"]
