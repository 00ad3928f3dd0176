-- Dead letters are dropped by age, whosever they are.
create index dead_letter_oldest on function_invoker.dead_letter (died_at);
