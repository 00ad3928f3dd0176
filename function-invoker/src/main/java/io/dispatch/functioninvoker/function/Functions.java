package io.dispatch.functioninvoker.function;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.ListCrudRepository;

/** The functions of all organizations. */
interface Functions extends ListCrudRepository<FunctionRow, UUID> {

    Optional<FunctionRow> findByOrganizationAndName(String organization, String name);

    List<FunctionRow> findByOrganizationOrderByName(String organization);
}
