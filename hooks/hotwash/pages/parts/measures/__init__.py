"""The sections of the page of metrics, one module each: from what was counted to charts with words and addresses."""
