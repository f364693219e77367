"""Audit an assignment: do its checks catch wrong answers and spare right ones?"""
