/** The rules of the house. Beside them, in the packages of the services, lie the classes that break them. */
@NullMarked
package app.kulti.recording.infra.architecture;

import org.jspecify.annotations.NullMarked;
