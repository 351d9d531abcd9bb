package app.kulti.recording.gateway;

import java.beans.PropertyEditorSupport;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/**
 * Numbers in queries are digits. An editor, since Spring asks its own when a converter refuses, and that one takes blanks,
 * hexadecimal and other scripts' digits.
 */
@ControllerAdvice
final class StrictNumbers {
    private static final Pattern DIGITS = Pattern.compile("-?[0-9]+");

    @InitBinder
    void numbers(WebDataBinder binder) {
        binder.registerCustomEditor(int.class, new Digits(Integer::valueOf));
        binder.registerCustomEditor(long.class, new Digits(Long::valueOf));
    }

    private static final class Digits extends PropertyEditorSupport {
        private final Function<String, Number> number;

        private Digits(Function<String, Number> number) {
            this.number = number;
        }

        @Override
        public void setAsText(String text) {
            if (!DIGITS.matcher(text).matches()) {
                throw new IllegalArgumentException("no whole number");
            }
            setValue(number.apply(text));
        }
    }
}
