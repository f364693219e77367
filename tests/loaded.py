"""Imports all of the package for the commands that are forked, which would each import a part; and compiles the pages' templates."""

import importlib
import pkgutil

from autograder.report import html
from tests.forks import ROOT

PACKAGES = ("audit", "batch", "checks", "cli", "courses", "grade", "intake", "release", "report", "wording")
LATE = ("concurrent.futures.process", "hypothesis.internal.conjecture.engine", "multiprocessing.synchronize")
"""Modules that libraries import on first use."""

for package in PACKAGES:
    for module in pkgutil.walk_packages([str(ROOT / "autograder" / package)], f"autograder.{package}."):
        importlib.import_module(module.name)
for name in LATE:
    importlib.import_module(name)
for template in html.TEMPLATES.glob("*.html"):
    html._environment().get_template(template.name)
