"""Tags of the closing report."""
