"""What whoever writes about the partnership needs: names, texts, marks, pictures with rights."""
