package app.kulti.recording.gateway.query;

import io.r2dbc.spi.Row;

public record ReadsRows(Row row) {}
