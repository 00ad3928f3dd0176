package io.dispatch.functioninvoker.delivery;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Dead letters of one organization that somebody means: by what they have in common, or by their ids. */
sealed interface DeadLetterSelection permits DeadLetterIds, DeadLetterQuery {

    /** Whose they are. */
    String organization();

    /** The condition on {@code dead_letter d}, from {@code where} on. */
    String where();

    /** Sets the parameters of {@link #where}. */
    JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement);
}
