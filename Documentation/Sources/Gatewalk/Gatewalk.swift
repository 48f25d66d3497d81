// The documentation's home in the site: its catalog, Gatewalk.docc, is made from docs/ by the program beside it.
