"""What a methodology is: criteria, rules, policies, citations; how it is checked, read and written."""
