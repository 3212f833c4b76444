// Package stage owns how a world is set up: what options and the control plane say of it, scenario files and the folders
// they are found in, and how they are checked and played.
//
// It knows files and names; what a scenario gives is put into the world by package given, and how steps are played is
// package scenario's. Scenarios, errors and operations are handed in.
package stage
