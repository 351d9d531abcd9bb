package app.kulti.recording.gateway;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;

public class WantsItsFieldSet {

    @Autowired
    @Nullable
    Object collaborator;
}
