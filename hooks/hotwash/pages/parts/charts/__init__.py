"""Charts as inline SVG, one module per kind: values in, markup out. Classes carry the colours, so that both schemes and print have their own."""
