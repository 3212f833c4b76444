// Package vendor owns what DragonPass does to bookings by itself, and tells the client with a remark (D/339353m0): a venue
// closes, a booking is moved.
package vendor
