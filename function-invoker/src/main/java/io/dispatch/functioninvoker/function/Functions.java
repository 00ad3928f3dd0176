package io.dispatch.functioninvoker.function;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

/** The functions of all organizations. */
interface Functions extends JpaRepository<FunctionRow, UUID> {

    Optional<FunctionRow> findByOrganizationAndName(String organization, String name);

    List<FunctionRow> findByOrganizationOrderByName(String organization);
}
