"""``python -m zhize`` does what ``zhize`` does."""

from zhize.main import main

main()
