use strict;
use warnings;

sub fibo {
    my ($n) = @_;
    return 1 if $n < 3;
    return fibo($n - 1) + fibo($n - 2);
}

print fibo($ARGV[0]), "\n";
