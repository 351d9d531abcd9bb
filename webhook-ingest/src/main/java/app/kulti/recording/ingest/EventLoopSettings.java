package app.kulti.recording.ingest;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the web server talks to the kernel.
 *
 * @param ioUring with io_uring where there is one; else with epoll
 */
@ConfigurationProperties("kulti.ingest")
record EventLoopSettings(@DefaultValue("true") boolean ioUring) {}
