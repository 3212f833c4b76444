// Package memory owns how many bytes worlds may take together, and what the checkpoints of a world take.
package memory
