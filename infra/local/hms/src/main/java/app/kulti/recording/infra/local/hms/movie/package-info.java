/** The files: real H.264 movies with a test picture, and movies of any length whose end is computed and never stored. */
@NullMarked
package app.kulti.recording.infra.local.hms.movie;

import org.jspecify.annotations.NullMarked;
