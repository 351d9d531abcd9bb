package app.kulti.recording.gateway;

import org.springframework.web.reactive.function.client.WebClient;

public record AsksAWebService(WebClient web) {}
