"""What the cities do together for years beside the roadmap: programmes and campaigns."""
