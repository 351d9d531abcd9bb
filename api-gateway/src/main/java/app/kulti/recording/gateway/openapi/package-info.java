/** The description of the API (OpenAPI 3.1): what types and Javadoc say, and what every route has in common. */
@NullMarked
package app.kulti.recording.gateway.openapi;

import org.jspecify.annotations.NullMarked;
