package org

import "parvis/internal/i18n"

// Organisation is the authority itself or a partner of it.
type Organisation struct {
	ID     string    `yaml:"id"`
	Kind   string    `yaml:"kind"`
	Parent string    `yaml:"parent"`
	Name   i18n.Text `yaml:"name"`
	About  i18n.Text `yaml:"about"`
	Phone  string    `yaml:"phone"`
	Mail   string    `yaml:"mail"`
	Site   string    `yaml:"site"`
	Town   string    `yaml:"town"`
	Needs  []string  `yaml:"needs"`
	Source string    `yaml:"source"`
	Teams  []Team    `yaml:"teams"`
}

// Team is a group of people inside an organisation who keep certain doors.
type Team struct {
	ID        string    `yaml:"id"`
	Name      i18n.Text `yaml:"name"`
	Doors     []string  `yaml:"doors"`
	Languages []string  `yaml:"languages"`
	Hours     string    `yaml:"hours"`
	Phone     string    `yaml:"phone"`
	Mail      string    `yaml:"mail"`
}
