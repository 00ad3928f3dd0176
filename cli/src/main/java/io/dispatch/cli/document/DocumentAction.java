package io.dispatch.cli.document;

/** What is done with the documents of a file. */
public enum DocumentAction {
    /** Each is made. */
    CREATE,
    /** Each replaces the one of its name. */
    UPDATE,
    /** Each replaces the one of its name, or is made if there is none. */
    APPLY,
    /** The one of each name is deleted. */
    DELETE
}
