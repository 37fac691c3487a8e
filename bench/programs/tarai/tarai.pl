use strict;
use warnings;
no warnings 'recursion';

sub tarai {
    my ($x, $y, $z) = @_;
    return $y if $x <= $y;
    return tarai(tarai($x - 1, $y, $z), tarai($y - 1, $z, $x), tarai($z - 1, $x, $y));
}

print tarai(@ARGV), "\n";
