"""What changes live questions: who asks and supports, who chairs, who leaves."""
