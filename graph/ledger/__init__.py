"""Duty ledgers (责任清单, 台账) and breakdowns (任务分解表) as files that people circulate: xlsx, docx, html, ics."""
